"use client";

import type { EditableExperiment, SaveRefusal } from "@calcom/features/experiments/components/ExperimentForm";
import type { ExperimentDetail, ExperimentPatch } from "@calcom/features/experiments/types";
import {
  ExperimentConfigSheet,
  type ExperimentConfigState,
} from "@calcom/features/flags/components/ExperimentConfigSheet";
import { useLocale } from "@calcom/lib/i18n";
import { trpc } from "@calcom/trpc/react";
import { toast } from "@calcom/ui";
import { useRouter } from "next/navigation";
import { apiFailure } from "./api-failure";
import { editExperimentPath } from "./paths";

interface ConfigSheetProps {
  slug: string;
  isOpen: boolean;
  onClose: () => void;
}

export function ConfigSheet({ slug, isOpen, onClose }: ConfigSheetProps) {
  const { t } = useLocale();
  const router = useRouter();
  const { flags, experiments } = trpc.useUtils().viewer.admin;
  const query = trpc.viewer.admin.experiments.get.useQuery(
    { slug },
    // What is edited stands still while it is edited; the version tells whether somebody else was faster.
    { refetchOnMount: "always", refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
  const updateConfig = trpc.viewer.admin.experiments.updateConfig.useMutation();

  async function save(experiment: EditableExperiment, patch: ExperimentPatch): Promise<SaveRefusal | null> {
    try {
      await updateConfig.mutateAsync({ slug, version: experiment.version, patch });
      toast.success(t("flag_experiment_saved", { name: experiment.name }));
      void flags.list.invalidate();
      void experiments.invalidate();
      return null;
    } catch (error) {
      const { issues, ...failure } = apiFailure(error, t);
      const unprefixed = issues.map(({ path, message }) => ({ path: path.replace(/^patch\./, ""), message }));
      return { ...failure, issues: unprefixed };
    }
  }

  async function loadCurrent(): Promise<EditableExperiment | null> {
    const current = await experiments.get.fetch({ slug }, { staleTime: 0 });
    return isEditable(current) ? current : null;
  }

  function toState(): ExperimentConfigState {
    const onRetry = () => void query.refetch();
    if (query.isError) return { status: "error", message: apiFailure(query.error, t).message, onRetry };
    // What an earlier look left in the cache may be an older version.
    if (!query.isFetchedAfterMount || query.data === undefined) return { status: "loading" };
    if (isEditable(query.data)) return { status: "ready", experiment: query.data };
    return { status: "error", message: query.data.damage ?? t("internal_error"), onRetry };
  }

  return (
    <ExperimentConfigSheet
      isOpen={isOpen}
      onClose={onClose}
      state={toState()}
      onSave={save}
      loadCurrent={loadCurrent}
      editHref={editExperimentPath}
      navigate={(href) => router.push(href)}
    />
  );
}

function isEditable(experiment: ExperimentDetail): experiment is EditableExperiment {
  return experiment.config !== null;
}
