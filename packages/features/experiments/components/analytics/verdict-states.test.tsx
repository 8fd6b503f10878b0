import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { judgeHealth } from "../../results/health";
import type { StoredResult } from "../../results/types";
import { ExperimentVerdict } from "../ExperimentVerdict";
import { HealthCell } from "../list/HealthCell";
import { buildReport } from "../report/build-report";
import { aReport, aView } from "../report/testing/report";
import { createFormat } from "../shared/format";
import { plainKeys } from "../shared/keys";
import { aSummary } from "../testing/experiments";
import { renderIn, textIn } from "../testing/in-english";
import { createFigures } from "./charts/figures";
import { withVerdict } from "./testing/results";
import { ready } from "./testing/show";
import { EVERY_VERDICT } from "./testing/verdicts";
import { verdictWords } from "./verdict-words";
import { wordsFor } from "./words";

afterEach(cleanup);

const LANGUAGES = ["en", "de"] as const;
type Language = (typeof LANGUAGES)[number];

const figuresIn = (language: Language) => createFigures(language, createFormat(language, "UTC"));
const say = (result: StoredResult, language: Language) =>
  verdictWords(result, wordsFor(result, textIn(language), figuresIn(language)));

/** The first line of the list's cell. */
function sayInList(result: StoredResult, language: Language): string {
  const health = judgeHealth({ result, isAsked: true });
  const { container } = renderIn(
    language,
    <HealthCell experiment={aSummary({ health })} onCommand={vi.fn()} />,
  );
  return container.querySelector("p")?.textContent ?? "-";
}

const analysed = EVERY_VERDICT.map(([name, verdict]): [string, StoredResult] => [name, withVerdict(verdict)]);
const some = analysed[0]?.[1] as StoredResult;
const results: [string, StoredResult][] = [
  ...analysed,
  ["before the first comparison", { ...some, analysis: null }],
  ["over before the first comparison", { ...some, analysis: null, endedAt: "2026-11-05T00:00:00.000Z" }],
  ["without a metric", { ...some, analysis: null, metrics: [] }],
];

describe.each(LANGUAGES)("in %s", (language) => {
  test.each(results)("the list, the page, the dialog and the report call it the same: %s", (_, result) => {
    const state = sayInList(result, language);
    const { title } = say(result, language);
    // Which variant is better or worse stands before the word.
    if (/^(Better|Worse|Besser|Schlechter)$/.test(state)) expect(title).toContain(state.toLowerCase());
    else expect(title.split(": ")[0]).toBe(state);
    cleanup();
    renderIn(language, <ExperimentVerdict state={ready(result)} />);
    expect(screen.getByRole("status").querySelector("p")?.textContent).toBe(title);
    const report = buildReport(aReport({ view: aView(result) }), {
      t: textIn(language),
      figures: figuresIn(language),
    });
    const blocks = report.sections.flatMap((section) => section.blocks);
    const said = blocks.flatMap((block) => (block.kind === "verdict" ? plainKeys(block.title) : []));
    expect(said).toEqual([title]);
  });

  test.each(results)("its title has no full stop, and what follows is in sentences: %s", (_, result) => {
    const { title, detail } = say(result, language);
    expect(title).not.toMatch(/[.!?:;,]$/);
    expect(title).not.toMatch(/[a-zäöü%)][.!?] \S/);
    if (detail !== "") expect(detail).toMatch(/[.!?]$/);
  });

  test.each(results)("it has the same sign in the list and on the page: %s", (_, result) => {
    const health = judgeHealth({ result, isAsked: true });
    const { container } = renderIn(
      language,
      <HealthCell experiment={aSummary({ health })} onCommand={vi.fn()} />,
    );
    expect(container.querySelector("[data-tone]")?.getAttribute("data-tone")).toBe(
      say(result, language).tone,
    );
  });
});
