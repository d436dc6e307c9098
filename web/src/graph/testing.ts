/** Builders for tests. */
import type { TransformOffer } from "../api/types";
import { makeGraph, type Entity, type Graph, type Link } from "./graph";

/** Numbers from 0 to 1, the same for the same seed. */
export function random(seed: number): () => number {
  return () => (seed = (seed * 16807) % 2147483647) / 2147483647;
}

/** A graph of up to 12 entities and 20 links, some of an entity with itself; the same for the same seed. */
export function randomGraph(seed: number): Graph {
  const next = random(seed);
  const names = Array.from(
    { length: 1 + Math.floor(next() * 12) },
    (_, at) => `${"amz"[at % 3]}${at}`,
  );
  const one = () => names[Math.floor(next() * names.length)] ?? "";
  const links = Array.from({ length: Math.floor(next() * 20) }, () => `${one()}>${one()}`);
  return graphOf(...names, ...links);
}

/** The seeds that properties are tried with. */
export const SEEDS = Array.from({ length: 60 }, (_, at) => 1 + at * 7919);

/** A graph of pairs such as "a>b"; ids are the letters. */
export function graphOf(...pairs: string[]): Graph {
  const names = [...new Set(pairs.flatMap((pair) => pair.split(">")))];
  const entities = names.map((name): Entity => ({
    id: name,
    type: "domain-name",
    role: name < "m" ? "domain" : "host-name",
    value: `${name}.example.org`,
    label: `${name}.example[.]org`,
    x: 0,
    y: 0,
    degree: pairs.filter((pair) => pair.split(">").includes(name)).length,
    inWindow: 2,
    states: [],
    tags: [],
    star: false,
    pin: false,
    seed: false,
    noted: false,
    tlp: 0,
    level: 2,
    rest: 0,
    folded: 0,
    safe: `${name}.example[.]org`,
  }));
  const links = pairs
    .filter((pair) => pair.includes(">"))
    .map((pair): Link => {
      const [from = "", to = ""] = pair.split(">");
      return {
        source: names.indexOf(from),
        target: names.indexOf(to),
        type: "points",
        score: 0.5,
        lineages: 1,
        observed: 1,
        inWindow: 2,
        dated: true,
      };
    });
  return makeGraph(
    entities,
    links,
    links.map((_, link) => ({
      link,
      first: "2013",
      last: "open",
      provider: link % 2 ? "one" : "two",
      run: `r${link}`,
    })),
  );
}

/** A free transform of one provider that takes names and fits one of the selection. */
export const transformOffer = (more: Partial<TransformOffer> = {}): TransformOffer => ({
  id: "one.name_to_addresses",
  name: "Addresses",
  title: "Addresses of a name",
  provider: "one",
  provider_label: "Provider one",
  contact: 2,
  credits: 0,
  unit: "",
  fits: 1,
  last_used: -1,
  maltego: "",
  parameters: [],
  takes: ["Domain name"],
  ...more,
});
