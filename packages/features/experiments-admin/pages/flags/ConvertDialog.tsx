"use client";

import {
  type ConversionDryRun,
  ConvertFlagDialog,
  type ConvertibleUnit,
} from "@calcom/features/flags/components/ConvertFlagDialog";
import { useLocale } from "@calcom/lib/i18n";
import { say } from "@calcom/lib/sentence";
import { toast } from "@calcom/ui";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { adminApi, useAdminUtils, useFlagUtils } from "../../api/hooks";
import { usePaths } from "../../api/host";
import { commandRefusal } from "../api-refusal";

interface ConvertDialogProps {
  slug: string;
  planned: number;
  isOpen: boolean;
  onClose: () => void;
}

export function ConvertDialog({ slug, planned, isOpen, onClose }: ConvertDialogProps) {
  const { t } = useLocale();
  const router = useRouter();
  const paths = usePaths();
  const { client, cache } = useAdminUtils();
  const flags = useFlagUtils().cache;
  const [unit, setUnit] = useState<ConvertibleUnit>("user");
  const plan = adminApi.flagMigration.plan.useQuery({ slug, unit }, { refetchOnMount: "always" });
  const dryRun: ConversionDryRun = plan.error
    ? { status: "error", message: commandRefusal(plan.error, t).message }
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
          await client.flagMigration.convert.mutate({ slug, unit, version });
        } catch (error) {
          void flags.list.invalidate();
          await plan.refetch();
          return commandRefusal(error, t);
        }
        void cache.invalidate();
        void flags.invalidate();
        toast.success(t("flag_converted", { slug }));
        router.push(paths.edit(slug));
        return null;
      }}
    />
  );
}
