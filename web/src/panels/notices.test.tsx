import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { caseStore } from "../state/case";
import { connectionStore } from "../state/connection";
import { caseInfo, resetStores } from "../state/testing";
import { Notices } from "./notices";

beforeEach(resetStores);
afterEach(cleanup);

const show = () => render(<Notices />);
const alert = () => screen.queryByRole("alert");

describe("the notices", () => {
  it("are not there where nothing is wrong", () => {
    caseStore.setState({ info: caseInfo() });
    show();
    expect(alert()).toBeNull();
  });

  it("tell a service that does not know the page apart from one that is not there", () => {
    caseStore.setState({ info: caseInfo({ file: "a.clew" }) });
    connectionStore.setState({ linked: false });
    show();
    expect(alert()?.textContent).toContain("does not answer");
    act(() => connectionStore.setState({ refused: true }));
    expect(alert()?.textContent).toContain("was started anew");
    expect(alert()?.textContent).toContain("clew open a.clew");
    expect(alert()?.textContent).toContain("what you typed stays here");
    act(() => connectionStore.setState({ linked: true, refused: false }));
    expect(alert()).toBeNull();
  });

  it("keep what is said of the file until it is read, and show another one", () => {
    caseStore.setState({ info: caseInfo({ notice: "a.clew is older than what was seen here." }) });
    show();
    expect(alert()?.textContent).toContain("is older than");
    fireEvent.click(screen.getByRole("button", { name: "I have read it" }));
    expect(alert()).toBeNull();
    act(() => caseStore.setState({ info: caseInfo({ notice: "a.clew: it was moved." }) }));
    expect(alert()?.textContent).toContain("it was moved");
  });
});
