import { expect, it } from "vitest";
import { shortcutText } from "./command";

it.each([
  ["Ctrl+z", "Ctrl Z"],
  ["Shift+o", "Shift O"],
  ["d", "D"],
  ["Escape", "Escape"],
  ["F6", "F6"],
  ["+", "+"],
  ["Ctrl++", "Ctrl +"],
  [undefined, ""],
])("the shortcut %s reads %j", (shortcut, text) => {
  expect(shortcutText(shortcut === undefined ? {} : { shortcut })).toBe(text);
});
