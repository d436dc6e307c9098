import { expect, it } from "vitest";
import type { TransformOffer } from "../api/types";
import { transformOffer } from "./testing";
import { transformSections } from "./transform-menu";

const offers: TransformOffer[] = [
  transformOffer({ id: "a1", name: "Names", provider: "a", last_used: 3 }),
  transformOffer({
    id: "b1",
    name: "Addresses",
    provider: "b",
    provider_label: "Bee",
    last_used: 1,
  }),
  transformOffer({ id: "a2", name: "Certificates", provider: "a", last_used: 2 }),
  transformOffer({ id: "a3", name: "Registrants", provider: "a", fits: 0 }),
  transformOffer({ id: "m1", name: "Of Maltego", maltego: "local" }),
];
const ids = (found: readonly TransformOffer[]) => found.map((one) => one.id);

it("keeps the transforms of a provider together, in the order of the arrow keys", () => {
  const { providers, fitting } = transformSections(offers, "", new Set());
  expect(providers.map(ids)).toEqual([["a1", "a2"], ["b1"]]);
  expect(ids(fitting)).toEqual(["a1", "a2", "b1"]);
});

it("has the favourites that fit, the two used last, and what does not fit", () => {
  const { favourites, recent, unfitting } = transformSections(offers, "", new Set(["a2", "a3"]));
  expect(ids(favourites)).toEqual(["a2"]);
  expect(ids(recent)).toEqual(["b1", "a2"]);
  expect(ids(unfitting)).toEqual(["a3"]);
});

it("finds by name, title, id and provider, however it is written", () => {
  const found = (text: string) => ids(transformSections(offers, text, new Set()).fitting);
  expect(found("CERT")).toEqual(["a2"]);
  expect(found("bee")).toEqual(["b1"]);
  expect(found("a1")).toEqual(["a1"]);
  expect(found("maltego")).toEqual([]);
});
