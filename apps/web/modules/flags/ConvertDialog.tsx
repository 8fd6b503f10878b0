"use client";

import {
  type ConversionDryRun,
  ConvertFlagDialog,
  type ConvertibleUnit,
} from "@calcom/features/flags/components/ConvertFlagDialog";
import { useLocale } from "@calcom/lib/i18n";
import { say } from "@calcom/lib/sentence";
import { trpc } from "@calcom/trpc/react";
import { toast } from "@calcom/ui";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { experimentPaths } from "../experiments/admin/paths";
import { apiFailure } from "./api-failure";

interface ConvertDialogProps {
  slug: string;
  planned: number;
  isOpen: boolean;
  onClose: () => void;
}

export function ConvertDialog({ slug, planned, isOpen, onClose }: ConvertDialogProps) {
  const { t } = useLocale();
  const router = useRouter();
  const { client, viewer } = trpc.useUtils();
  const [unit, setUnit] = useState<ConvertibleUnit>("user");
  const plan = trpc.viewer.admin.experiments.flagMigration.plan.useQuery(
    { slug, unit },
    { refetchOnMount: "always" },
  );
  const dryRun: ConversionDryRun = plan.error
    ? { status: "error", message: apiFailure(plan.error, t).message }
    : plan.data
      ? { status: "ready", ...plan.data, obstacle: plan.data.obstacle && say(t, plan.data.obstacle) }
      : { status: "loading" };

  return (
    <ConvertFlagDialog
      slug={slug}
      planned={planned}
      isOpen={isOpen}
      onClose={onClose}
      unit={unit}
      onUnitChange={setUnit}
      dryRun={dryRun}
      onConvert={async (version) => {
        try {
          await client.viewer.admin.experiments.flagMigration.convert.mutate({ slug, unit, version });
        } catch (error) {
          void plan.refetch();
          return apiFailure(error, t).message;
        }
        void viewer.admin.invalidate();
        toast.success(t("flag_converted", { slug }));
        router.push(experimentPaths.edit(slug));
        return null;
      }}
    />
  );
}
