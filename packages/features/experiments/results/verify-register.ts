import { compareWithStart } from "../metrics/registration";
import type { Receipt } from "./types";

/**
 * Metrics of a receipt whose mark is not what its register makes of them, in sentences. Receipts from before there were
 * registers have no marks.
 */
export function checkMarks({ registered, metrics, result }: Receipt): string[] {
  if (registered === undefined) return [];
  return metrics.flatMap((metric) => {
    const info = result.metrics.find(({ key }) => key === metric.key);
    if (info === undefined) return [];
    const { isChosenAfterStart, isRedefined } = compareWithStart(registered, { metric, role: info.role });
    const analysed = result.analysis?.metrics.find((one) => one.metric.id === metric.key)?.metric;
    const isRight =
      info.isChosenAfterStart === isChosenAfterStart &&
      info.isRedefined === isRedefined &&
      (analysed === undefined || analysed.isChosenAfterStart === isChosenAfterStart);
    return isRight
      ? []
      : [`Whether ${metric.key} was registered at the start does not follow from what was registered.`];
  });
}
