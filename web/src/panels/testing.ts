/** What panels are tested with: a catalogue, and answers of the service about made-up entities. */
import type { QuestionAnswer } from "../api/client";
import type { Catalogue, Facts, LinkClaim, PropertyClaim } from "../api/types";

export const CATALOGUE: Catalogue = {
  entity_types: [
    {
      name: "domain-name",
      label: "Domain name",
      plural: "Domain names",
      description: "",
      family: "name",
      icon: "globe",
      solid: false,
      defanged: true,
      detected: true,
      properties: [],
    },
  ],
  roles: [
    {
      name: "domain",
      type: "domain-name",
      label: "Domain",
      description: "",
      icon: "globe",
      solid: true,
    },
    {
      name: "host-name",
      type: "domain-name",
      label: "Host name",
      description: "",
      icon: "server",
      solid: false,
    },
  ],
  link_types: [
    {
      name: "points",
      label: "points at",
      inverse: "is pointed at by",
      identity: false,
      shared: false,
      sources: [],
      targets: [],
    },
  ],
  states: [
    {
      name: "sinkhole",
      label: "Sinkhole",
      icon: "circle-off",
      bounds_pivots: true,
      types: [],
      weight: 0,
    },
  ],
};

let claims = 0;

/** What every claim has; each with an observation of its own. */
const source = () => ({
  asked_about: "",
  collectors: [],
  completeness: "complete",
  detail: "",
  first: "",
  last: "",
  learnt: "2014-01-02T03:04:05Z",
  observation: `o1.l${++claims}`,
  provider: "one",
  reply: "",
  run: "r1",
  settings: "",
  transform: "domain_to_addresses",
});

export const linkClaim = (more: Partial<LinkClaim> = {}): LinkClaim => ({
  ...source(),
  source: "a.example.org",
  link: "points",
  target: "192.0.2.1",
  ...more,
});

export const propertyClaim = (more: Partial<PropertyClaim> = {}): PropertyClaim => ({
  ...source(),
  property: "registrant_country",
  value: "AT",
  ...more,
});

/** A period of a state of a.example.org. */
export const statePeriod = (first: string, last: string): Facts["states"][number] => ({
  id: "a",
  type: "domain-name",
  value: "a.example.org",
  state: "sinkhole",
  first,
  last,
  sources: ["one"],
  cites: [`o2.p${first.slice(0, 4)}`],
  bounds_pivots: true,
  in_window: null,
});

/** All that is claimed of a.example.org: nothing, but for what is given. */
export const facts = (more: Partial<Facts> = {}): Facts => ({
  id: "a",
  type: "domain-name",
  value: "a.example.org",
  reads: "",
  scripts: [],
  merged: [],
  states: [],
  brought: [],
  decided: [],
  notes: [],
  links: [],
  links_total: more.links?.length ?? 0,
  properties: [],
  originals: [],
  scores: [],
  scores_left: 0,
  ...more,
});

/** A link between a.example.org and b.example.org with its score and observations. */
export const explainedLink = (
  observations: LinkClaim[],
  more: Partial<QuestionAnswer<"between">["links"][number]> = {},
): QuestionAnswer<"between">["links"][number] => ({
  link: "a.example.org points b.example.org",
  source: "a.example.org",
  target: "b.example.org",
  type: "points",
  score: 0.75,
  arithmetic: "1 - (1 - 0.5) x (1 - 0.5) = 0.75",
  lines: ["one: 0.5"],
  sensitivity: "another source",
  cites: [],
  observations,
  ...more,
});
