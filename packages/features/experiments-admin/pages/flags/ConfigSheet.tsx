"use client";

import {
  type EditableExperiment,
  editable,
  type SaveRefusal,
} from "@calcom/features/experiments/components/ExperimentForm";
import type { ExperimentPatch } from "@calcom/features/experiments/types";
import {
  ExperimentConfigSheet,
  type ExperimentConfigState,
} from "@calcom/features/flags/components/ExperimentConfigSheet";
import { useLocale } from "@calcom/lib/i18n";
import { toast } from "@calcom/ui";
import { useRouter } from "next/navigation";
import { adminApi, useAdminUtils, useFlagUtils } from "../../api/hooks";
import { usePaths } from "../../api/host";
import { commandRefusal, saveRefusal } from "../api-refusal";

interface ConfigSheetProps {
  slug: string;
  isOpen: boolean;
  onClose: () => void;
}

export function ConfigSheet({ slug, isOpen, onClose }: ConfigSheetProps) {
  const { t } = useLocale();
  const router = useRouter();
  const paths = usePaths();
  const flags = useFlagUtils().cache;
  const { client, cache: experiments } = useAdminUtils();
  const query = adminApi.get.useQuery(
    { slug },
    // What is edited stands still while it is edited; the version tells whether somebody else was faster.
    { refetchOnMount: "always", refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
  const updateConfig = adminApi.updateConfig.useMutation();

  async function save(experiment: EditableExperiment, patch: ExperimentPatch): Promise<SaveRefusal | null> {
    try {
      await updateConfig.mutateAsync({ slug, version: experiment.version, patch });
      toast.success(t("flag_experiment_saved", { name: experiment.name }));
      void flags.list.invalidate();
      void experiments.invalidate();
      return null;
    } catch (error) {
      return saveRefusal(error, t);
    }
  }

  async function loadCurrent(): Promise<EditableExperiment | null> {
    try {
      return editable(await client.get.query({ slug }));
    } catch {
      // Then the refusal itself is shown, which says what happened.
      return null;
    }
  }

  function toState(): ExperimentConfigState {
    const onRetry = () => void query.refetch();
    if (query.isError) return { status: "error", message: commandRefusal(query.error, t).message, onRetry };
    // What an earlier look left in the cache may be an older version.
    if (!query.isFetchedAfterMount || query.data === undefined) return { status: "loading" };
    const experiment = editable(query.data);
    if (experiment !== null) return { status: "ready", experiment };
    return { status: "error", message: query.data.damage ?? t("internal_error"), onRetry };
  }

  return (
    <ExperimentConfigSheet
      isOpen={isOpen}
      onClose={onClose}
      state={toState()}
      onSave={save}
      loadCurrent={loadCurrent}
      editHref={paths.edit}
      navigate={(href) => router.push(href)}
    />
  );
}
