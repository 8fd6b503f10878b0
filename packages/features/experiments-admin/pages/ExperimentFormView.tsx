"use client";

import {
  type EditableExperiment,
  ExperimentForm,
  editable,
  type Save,
  type SaveRefusal,
} from "@calcom/features/experiments/components/ExperimentForm";
import type { ExperimentDetail } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { toast } from "@calcom/ui";
import { useRouter } from "next/navigation";
import { useAdminUtils } from "../api/hooks";
import { usePaths } from "../api/host";
import { saveRefusal } from "./api-refusal";
import { FormPorts } from "./FormPorts";
import { useGoTo } from "./useGoTo";

/** Makes a new experiment, or edits the given one. */
export function ExperimentFormView({ stored }: { stored?: ExperimentDetail }) {
  const { t } = useLocale();
  const router = useRouter();
  const goTo = useGoTo();
  const paths = usePaths();
  const utils = useAdminUtils();
  const api = utils.cache;
  const experiment = stored && editable(stored);

  async function save(work: Save): Promise<SaveRefusal | null> {
    try {
      const saved =
        work.kind === "create"
          ? await utils.client.create.mutate(work.input)
          : await utils.client.updateConfig.mutate({
              slug: experiment?.slug ?? "",
              version: work.version,
              patch: work.patch,
            });
      api.get.setData({ slug: saved.slug }, saved);
      void api.list.invalidate();
      toast.success(
        t(work.kind === "create" ? "experiment_created" : "experiment_saved", { name: saved.name }),
      );
      router.push(`${paths.detail(saved.slug)}?tab=setup`);
      return null;
    } catch (error) {
      return saveRefusal(error, t);
    }
  }

  async function loadCurrent(): Promise<EditableExperiment | null> {
    if (!experiment) return null;
    try {
      return editable(await utils.client.get.query({ slug: experiment.slug }));
    } catch {
      // Then the refusal itself is shown, which says what happened.
      return null;
    }
  }

  return (
    <FormPorts>
      <ExperimentForm
        {...(experiment && { experiment })}
        onSave={save}
        loadCurrent={loadCurrent}
        cancelHref={experiment ? paths.detail(experiment.slug) : paths.list}
        navigate={goTo}
      />
    </FormPorts>
  );
}
