/** Calls of the service, typed by its description: questions, commands, and the rest; one shape for every error. */
import createClient from "openapi-fetch";
import { keyHeader } from "./key";
import type { paths } from "./schema";

/** What happened, to what, and what helps. */
export class ServiceError extends Error {
  constructor(
    readonly what: string,
    readonly helps: string,
    readonly status: number,
  ) {
    super(helps ? `${what} ${helps}` : what);
  }
}

/** Whether the service is there and does not know this page, such as after it was started anew. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof ServiceError && error.status === 401;

/** An error as text that a person reads. */
export function errorText(error: unknown): string {
  if (error instanceof ServiceError) return error.message;
  // A request that came to nothing is a TypeError; anything else is about what was answered.
  return error instanceof TypeError
    ? `The service can't be reached. ${String(error)}`
    : `The service's answer can't be read. ${String(error)}`;
}

/** Paths of the service, by method; `answered` takes what comes out of it. */
export const api = createClient<paths>({
  // Outside of a browser nothing has an address of its own.
  baseUrl: typeof location === "undefined" ? "http://127.0.0.1" : location.origin,
  // Looked up at each call, so that a test may put its own in place.
  fetch: (request) => {
    for (const [name, value] of Object.entries(keyHeader())) request.headers.set(name, value);
    return fetch(request);
  },
});

api.use({
  onResponse: async ({ response }) => {
    if (!response.ok) throw serviceError(response.status, await response.text());
  },
});

/** What the service answered; errors are thrown as ServiceError. */
export async function answered<T>(reply: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data, response } = await reply;
  if (data === undefined)
    throw new ServiceError("The service's answer is empty.", "", response.status);
  return data;
}

type NameUnder<Folder extends string> = {
  [Path in keyof paths]: Path extends `/api/${Folder}/${infer Name}` ? Name : never;
}[keyof paths];

export type QuestionName = NameUnder<"questions">;
export type CommandName = NameUnder<"commands">;

type QuestionPost<Name extends QuestionName> = paths[`/api/questions/${Name}`]["post"];
type CommandPost<Name extends CommandName> = paths[`/api/commands/${Name}`]["post"];

/** What a question is asked with. */
export type QuestionRequest<Name extends QuestionName> =
  QuestionPost<Name>["requestBody"]["content"]["application/json"];

/** What a question is answered with. */
export type QuestionAnswer<Name extends QuestionName> =
  QuestionPost<Name>["responses"][200]["content"]["application/json"];

/** What a command is given. */
export type CommandRequest<Name extends CommandName> =
  CommandPost<Name>["requestBody"]["content"]["application/json"];

/** What a command did. */
export type CommandResult<Name extends CommandName> =
  CommandPost<Name>["responses"][200]["content"]["application/json"];

/** The answer to a question about what is open. */
export async function ask<Name extends QuestionName>(
  name: Name,
  request: QuestionRequest<Name>,
): Promise<QuestionAnswer<Name>> {
  // The compiler can't follow a path that is put together of a name; its types are those of the path.
  return (await post(`/api/questions/${name}`, request)) as QuestionAnswer<Name>;
}

/** Makes a change by a command, which appends to the log. */
export async function command<Name extends CommandName>(
  name: Name,
  request: CommandRequest<Name>,
): Promise<CommandResult<Name>> {
  // As for questions.
  return (await postOnce(`/api/commands/${name}`, request)) as CommandResult<Name>;
}

/** The answer to a question that is known by its list only, field by field. */
export async function askListed(
  name: string,
  request: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const answer = await post(`/api/questions/${encodeURIComponent(name)}`, request);
  return Object.fromEntries(Object.entries(answer ?? {}));
}

/** Posts a command; where no answer came it is sent again, and its id keeps it from being done twice. */
async function postOnce(path: string, body: unknown): Promise<unknown> {
  const id = { "clew-command-id": crypto.randomUUID() };
  try {
    return await post(path, body, id);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return post(path, body, id);
  }
}

async function post(
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...keyHeader(), ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw serviceError(response.status, text);
  return JSON.parse(text);
}

function serviceError(status: number, body: string): ServiceError {
  const { what, helps } = faultOf(body);
  return new ServiceError(what || `The service answered ${status}.`, helps, status);
}

/** What a refusal says; empty where it is not the service's own. */
function faultOf(body: string): { what: string; helps: string } {
  try {
    const found: unknown = JSON.parse(body);
    if (typeof found !== "object" || found === null) return { what: "", helps: "" };
    const text = (part: unknown) => (typeof part === "string" ? part : "");
    return {
      what: "what" in found ? text(found.what) : "",
      helps: "helps" in found ? text(found.helps) : "",
    };
  } catch {
    return { what: "", helps: "" };
  }
}
