import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { ExperimentStats, WithheldUntil } from "../../types/stats";
import { ExperimentPermissions } from "../ExperimentPermissions";
import { anExperiment } from "../testing/experiments";
import { renderInEnglish } from "../testing/in-english";
import { ExperimentCounts } from "./ExperimentCounts";

afterEach(cleanup);

function stats(converted: number | null, withheldUntil: WithheldUntil | null): ExperimentStats {
  const total = {
    assigned: 2_000,
    exposed: 1_900,
    converted: 1_048,
    events: [{ event: "clicked", converted: 1_048 }],
  };
  return {
    variants: ["control", "urgent"].map((variant) => ({
      variant,
      assigned: 1_000,
      exposed: 950,
      converted,
      events: [{ event: "clicked", converted }],
    })),
    total,
    withheldUntil,
    imported: 0,
    mixed: 0,
    countedAt: null,
  };
}

function show(shown: ExperimentStats, mayDecide = true) {
  renderInEnglish(
    <ExperimentPermissions permissions={mayDecide ? ["view", "decide"] : ["view"]}>
      <ExperimentCounts experiment={anExperiment()} state={{ status: "ready", stats: shown }} />
    </ExperimentPermissions>,
  );
}

const cellsOf = (name: RegExp) =>
  within(screen.getByRole("row", { name }))
    .getAllByRole("cell")
    .map(({ textContent }) => textContent);

describe("counts while a comparison is withheld", () => {
  test("leave a dash for each variant and the total below, and say until when and how to look", () => {
    show(stats(null, { code: "planned_end", unitsToGo: 18_000, daysToGo: 9 }));
    expect(cellsOf(/^urgent/).slice(1)).toEqual(["1,000", "950", "–Hidden"]);
    expect(cellsOf(/^Total/).slice(1)).toEqual(["2,000", "1,900", "1,048"]);
    expect(document.body.textContent).toContain(
      "Conversions by variant stay hidden until the planned end (9 days and about 18,000 users to go)",
    );
    expect(document.body.textContent).toContain("View early to see them by variant. Viewing is logged.");
  });

  test("tell people who may not look whom to ask", () => {
    show(stats(null, { code: "enough_data", unitsToGo: 0, daysToGo: 2 }), false);
    expect(document.body.textContent).toContain(
      "Experiment admins can view the numbers by variant early. Viewing is logged.",
    );
  });

  test.each<[WithheldUntil, string]>([
    [{ code: "first_result" }, "until the first results"],
    [{ code: "end" }, "until the experiment ends"],
    [{ code: "metrics", events: ["refunded", "renewed"] }, "can be compared: refunded, renewed."],
  ])("say of %j what is waited for", (until, text) => {
    show(stats(null, until));
    expect(document.body.textContent).toContain(text);
  });
});

test("counts of many rows say when they were made, and what makes new ones", () => {
  show({ ...stats(524, null), countedAt: new Date(Date.now() - 5 * 60_000) });
  expect(document.body.textContent).toContain(
    "Counted 5 min. ago. Counts this large are updated in the background every few minutes. Use Refresh to update them now.",
  );
});

test("counts that may be told are told, with nothing said of waiting", () => {
  show(stats(524, null));
  expect(cellsOf(/^control/).slice(1)).toEqual(["1,000", "950", "524"]);
  expect(document.body.textContent).not.toContain("stay hidden");
});
