/** What a graph can be written as: files of other tools, reports, pictures. */
import { answered, api } from "../api/client";
import type { FormatInfo } from "../api/types";

export interface ExportFormat {
  name: string;
  label: string;
  ending: string;
  about: string;
  /** Asks for what of the graph may leave under a ceiling. */
  read: (graph: string, ceiling: number) => Promise<Blob>;
  /** Whether it is a graph that can be read again, so that it is known what is lost. */
  graph: boolean;
}

export const REPORTS: ExportFormat[] = (
  [
    [
      "report.html",
      "Report (HTML)",
      "One page with picture, tables and sources; nothing in it is loaded from elsewhere.",
    ],
    ["report.pdf", "Report (PDF, A4)", "The same report to print or to send."],
    ["report.md", "Report (Markdown)", "The same report as text, without the picture."],
  ] as const
).map(([name, label, about]) => ({
  name,
  label,
  ending: ` ${name}`,
  about,
  read: (graph, ceiling) =>
    answered(
      api.GET(`/api/graph/${name}`, { params: { query: { graph, ceiling } }, parseAs: "blob" }),
    ),
  graph: false,
}));

export const PICTURES: ExportFormat[] = (
  [
    ["picture.svg", "Picture (SVG)", "The graph as it is laid out; sharp at any size."],
    ["picture.png", "Picture (PNG)", "The graph as it is laid out, as pixels."],
  ] as const
).map(([name, label, about]) => ({
  name,
  label,
  ending: ` ${name}`,
  about,
  read: (graph, ceiling) =>
    answered(
      api.GET(`/api/graph/${name}`, { params: { query: { graph, ceiling } }, parseAs: "blob" }),
    ),
  graph: false,
}));

/** The formats of other tools that can be written. */
export const toolFormats = (formats: readonly FormatInfo[]): ExportFormat[] =>
  formats
    .filter((one) => one.writes)
    .map((one) => ({
      name: one.name,
      label: one.label,
      ending: one.endings[0] ?? "",
      about: one.about,
      read: (graph, ceiling) =>
        answered(
          api.GET("/api/graph/file", {
            params: { query: { graph, format: one.name, ceiling } },
            parseAs: "blob",
          }),
        ),
      graph: true,
    }));
