/** Maltego transforms as the page handles them: forms, what stands in the way, words. Pure. */
import type { MaltegoDeclaration, MaltegoOffer, MaltegoSetting } from "../api/types";

/** What a form holds, by the name of the setting. */
export type Form = Readonly<Record<string, string>>;

/** Whom asking touches, by class. */
export const CLASSES = [
  "this machine",
  "your own server",
  "third-party service",
  "shared resolver or registry",
  "touches the target",
] as const;

/** The value that a setting has: what was typed, else its default. */
export function settingValue(one: MaltegoSetting, form: Form): string {
  return form[one.name] ?? one.default;
}

/** What is sent: every setting that has a value. */
export function settingsToSend(
  settings: readonly MaltegoSetting[],
  form: Form,
): Record<string, string> {
  const values = settings.map((one) => [one.name, settingValue(one, form).trim()] as const);
  return Object.fromEntries(values.filter(([, value]) => value));
}

/** Why a value can't be sent as it is; empty where it can. */
export function settingError(one: MaltegoSetting, form: Form): string {
  const value = settingValue(one, form).trim();
  if (!value) return one.required ? "It needs a value" : "";
  switch (one.kind) {
    case "int":
      return /^[+-]?\d+$/.test(value) ? "" : "It takes a whole number";
    case "double":
      return Number.isFinite(Number(value)) ? "" : "It takes a number";
    case "boolean":
      return value === "true" || value === "false" ? "" : "It is true or false";
    case "date":
      return isDay(value) ? "" : "It takes a day, such as 2013-05-20";
    case "url":
      return URL.canParse(value) && /^https?:/i.test(value)
        ? ""
        : "It takes an address with http:// or https://";
    default:
      return "";
  }
}

/** The settings whose values keep a form from being sent. */
export function wrongSettings(settings: readonly MaltegoSetting[], form: Form): MaltegoSetting[] {
  return settings.filter((one) => settingError(one, form));
}

/** Those asked before each run, or that have to be; and the rest. */
export function splitSettings(
  settings: readonly MaltegoSetting[],
): [MaltegoSetting[], MaltegoSetting[]] {
  const first = (one: MaltegoSetting) => one.asked || one.required;
  return [settings.filter(first), settings.filter((one) => !first(one))];
}

/** The field that a kind of setting is typed into. */
export function inputType(one: MaltegoSetting): "password" | "number" | "date" | "url" | "text" {
  if (one.secret) return "password";
  switch (one.kind) {
    case "int":
    case "double":
      return "number";
    // A default that is no plain day would vanish in a field of days.
    case "date":
      return !one.default || isDay(one.default) ? "date" : "text";
    case "url":
      return "url";
    default:
      return "text";
  }
}

/** What a declaration is, in words. */
export function kindOf(one: Pick<MaltegoDeclaration, "kind">): string {
  return one.kind === "local"
    ? "Program on this machine"
    : { trx: "TRX server", tds: "TDS server", v3: "Server of version 3" }[one.kind];
}

/** What enabling allows, in a sentence or two. */
export function allows(one: Pick<MaltegoDeclaration, "kind">): string {
  return one.kind === "local"
    ? "Enabled, this program is run on this machine with your rights whenever it is asked. It can read, change and send whatever you can; Clew can't see what it does."
    : "Enabled, this server is sent what you ask about, and answers with what it likes. Clew can't see whom it asks in turn.";
}

/** The offers that can be taken: usable ones whose name is free. */
export function freeOffers(offers: readonly MaltegoOffer[]): string[] {
  return offers.filter((one) => one.usable && !one.taken).map((one) => one.name);
}

/** Short types of Maltego, as a person reads them. */
export function typesOf(types: readonly string[]): string {
  return types.length ? types.map((one) => one.replace(/^maltego\./, "")).join(", ") : "any entity";
}

function isDay(value: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
