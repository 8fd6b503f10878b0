"use client";

import type { ExperimentListProps } from "@calcom/features/experiments/components/ExperimentList";
import { useLocale } from "@calcom/lib/i18n";
import { toast } from "@calcom/ui";
import { useAdminUtils } from "../api/hooks";
import { commandRefusal } from "./api-refusal";

type RunBulk = ExperimentListProps["onBulk"];

/** Does the same to several experiments, and brings the list up to date whatever came of it. */
export function useBulk(): RunBulk {
  const { t, locale } = useLocale();
  const utils = useAdminUtils();
  return async (experiments, change) => {
    const rows = experiments.map(({ slug, version }) => ({ slug, version }));
    try {
      const answers = await utils.client.changeMany.mutate({ rows, change });
      const count = answers.filter(({ refusal }) => refusal === null).length;
      const formatted = new Intl.NumberFormat(locale).format(count);
      if (count > 0) toast.success(t(doneKeys[change.kind], { count, formatted }));
      return answers;
    } catch (error) {
      return commandRefusal(error, t);
    } finally {
      void utils.cache.invalidate();
    }
  };
}

const doneKeys: Record<Parameters<RunBulk>[1]["kind"], string> = {
  pause: "bulk_done_pause",
  archive: "bulk_done_archive",
  tag: "bulk_done_tag",
};
