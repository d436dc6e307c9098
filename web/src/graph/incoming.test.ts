import { describe, expect, it } from "vitest";
import {
  FILE_BYTES_MAX,
  incoming,
  joined,
  maybeFile,
  nextAfter,
  patched,
  sizeOf,
  type Source,
} from "./incoming";

const source = (name: string, size = 1): Source => ({ name, body: { size } as Blob, text: "" });

describe("a queue of files", () => {
  it("takes each file once, also when more come", () => {
    const [a, b] = [source("a"), source("b")];
    const queue = joined(joined([], [a]), [a, b]);
    expect(queue.map((one) => one.source.name)).toEqual(["a", "b"]);
    expect(joined(queue, [a, b])).toBe(queue);
  });
  it("goes on to what is not over, and stays where all is", () => {
    const [a, b, c] = [source("a"), source("b"), source("c")];
    let queue = joined([], [a, b, c]);
    expect(nextAfter(queue, a)).toBe(b);
    queue = patched(queue, b, { stage: "done" });
    expect(nextAfter(queue, a)).toBe(c);
    expect(nextAfter(queue, c)).toBe(a);
    queue = patched(patched(queue, a, { stage: "failed" }), c, { stage: "done" });
    expect(nextAfter(queue, c)).toBe(c);
  });
  it("refuses a file that is too large before it is sent", () => {
    expect(incoming(source("a", FILE_BYTES_MAX)).stage).toBe("waiting");
    const large = incoming(source("a", FILE_BYTES_MAX + 1));
    expect(large.stage).toBe("failed");
    expect(large.fault).toContain("clew import");
  });
});

describe("a pasted text", () => {
  it.each([
    '{"type":"bundle"}',
    ' [ {"a":1} ]',
    "[]",
    "<?xml version='1.0'?>",
    "<graphml>",
    "a\nb\nc\nd",
  ])("may be a file: %j", (text) => expect(maybeFile(text)).toBe(true));
  it.each(["a.example.org", "[.]", "hxxp://a[.]example[.]org\n192.0.2.7\n\n\n", "<3", ""])(
    "is plain values: %j",
    (text) => expect(maybeFile(text)).toBe(false),
  );
});

describe("sizes", () => {
  it.each([
    [0, "0 bytes"],
    [999, "999 bytes"],
    [1500, "1.5 kB"],
    [64_000, "64 kB"],
    [2_500_000, "2.5 MB"],
  ] as const)("%d is %s", (bytes, text) => expect(sizeOf(bytes)).toBe(text));
});
