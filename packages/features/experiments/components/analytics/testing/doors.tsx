import { cleanup } from "@testing-library/react";
import type { StoredResult } from "../../../results/types";
import { ExperimentVerdict } from "../../ExperimentVerdict";
import { buildReport } from "../../report/build-report";
import { toMarkdown } from "../../report/markdown";
import { aReport, aView } from "../../report/testing/report";
import { createFormat } from "../../shared/format";
import { plainKeys } from "../../shared/keys";
import { renderInEnglish, t } from "../../testing/in-english";
import { createFigures } from "../charts/figures";
import { ready, show } from "./show";

/**
 * What is said of a result on the page, in the dialog that concludes, and in the report as a document and as Markdown,
 * whose escapes are left out.
 */
export function doors(result: StoredResult): string[] {
  const page = show(ready(result)).container.textContent ?? "";
  cleanup();
  const dialog = renderInEnglish(<ExperimentVerdict state={ready(result)} />).container.textContent ?? "";
  const figures = createFigures("en", createFormat("en", "UTC"));
  const report = buildReport(aReport({ view: aView(result) }), { t, figures });
  return [page, dialog, plainKeys(JSON.stringify(report)), toMarkdown(report).replaceAll(/[\\`]/g, "")];
}
