import { listImpacts } from "./impact";
import type { ResultsView } from "./types";

/** Everything that the page shows, for programs: numbers as they were computed, times in ISO 8601. */
export function writeJson({ slug, figures, receipt, result }: ResultsView): string {
  const impactsPerMonth = result === null ? [] : listImpacts(result);
  return `${JSON.stringify({ format: 1, slug, figures, receipt, result, impactsPerMonth }, null, 2)}\n`;
}
