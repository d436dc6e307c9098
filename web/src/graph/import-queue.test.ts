import { describe, expect, it } from "vitest";
import {
  FILE_BYTES_MAX,
  queueFile,
  addFiles,
  mayBeFile,
  nextAfter,
  changeFile,
  sizeOf,
  type ImportSource,
} from "./import-queue";

const source = (name: string, size = 1): ImportSource => ({
  name,
  body: { size } as Blob,
  text: "",
});

describe("a queue of files", () => {
  it("takes each file once, also when more come", () => {
    const [a, b] = [source("a"), source("b")];
    const queue = addFiles(addFiles([], [a]), [a, b]);
    expect(queue.map((one) => one.source.name)).toEqual(["a", "b"]);
    expect(addFiles(queue, [a, b])).toBe(queue);
  });
  it("goes on to what is not over, and stays where all is", () => {
    const [a, b, c] = [source("a"), source("b"), source("c")];
    let queue = addFiles([], [a, b, c]);
    expect(nextAfter(queue, a)).toBe(b);
    queue = changeFile(queue, b, { stage: "done" });
    expect(nextAfter(queue, a)).toBe(c);
    expect(nextAfter(queue, c)).toBe(a);
    queue = changeFile(changeFile(queue, a, { stage: "failed" }), c, { stage: "done" });
    expect(nextAfter(queue, c)).toBe(c);
  });
  it("refuses a file that is too large before it is sent", () => {
    expect(queueFile(source("a", FILE_BYTES_MAX)).stage).toBe("waiting");
    const large = queueFile(source("a", FILE_BYTES_MAX + 1));
    expect(large.stage).toBe("failed");
    expect(large.error).toContain("clew import");
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
  ])("may be a file: %j", (text) => expect(mayBeFile(text)).toBe(true));
  it.each(["a.example.org", "[.]", "hxxp://a[.]example[.]org\n192.0.2.7\n\n\n", "<3", ""])(
    "is plain values: %j",
    (text) => expect(mayBeFile(text)).toBe(false),
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
