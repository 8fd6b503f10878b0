"use client";

import { useMay } from "@calcom/features/experiments/components/ExperimentPermissions";
import { type LinkLifetime, PreviewLinks } from "@calcom/features/experiments/components/PreviewLinks";
import { useLocale } from "@calcom/lib/i18n";
import { useState } from "react";
import { adminApi } from "../api/hooks";
import { commandRefusal } from "./api-refusal";

const A_WEEK: LinkLifetime = 7;

interface PreviewLinksViewProps {
  slug: string;
  control: string;
}

/** For those who may make some. */
export function PreviewLinksView(props: PreviewLinksViewProps) {
  return useMay("edit") ? <OwnPreviewLinks {...props} /> : null;
}

/** The links of an experiment. They are made when somebody asks for them: each leaves a line in the activity. */
function OwnPreviewLinks({ slug, control }: PreviewLinksViewProps) {
  const { t } = useLocale();
  const [lifetime, setLifetime] = useState(A_WEEK);
  const { previewLinks } = adminApi;
  const live = previewLinks.list.useQuery({ slug });
  const refresh = () => live.refetch();
  const mint = previewLinks.mint.useMutation({ onSettled: refresh });
  const revoke = previewLinks.revoke.useMutation({ onSettled: refresh });
  const made = mint.data ?? null;
  const isGone = made !== null && revoke.isSuccess && revoke.variables.id === made.id;
  const failed = mint.error ?? revoke.error;
  return (
    <PreviewLinks
      control={control}
      origin={typeof location === "undefined" ? "" : location.origin}
      minted={isGone ? null : made}
      live={live.data ?? []}
      failure={
        failed &&
        `${t(mint.error ? "preview_links_failed" : "preview_links_revoke_failed")} ${commandRefusal(failed, t).message}`
      }
      onMake={() => mint.mutate({ slug, days: lifetime })}
      isMaking={mint.isPending}
      onRevoke={(id) => revoke.mutate({ slug, id })}
      lifetime={lifetime}
      onLifetimeChange={setLifetime}
    />
  );
}
