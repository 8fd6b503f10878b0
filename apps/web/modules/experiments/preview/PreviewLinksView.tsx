"use client";

import { type LinkLifetime, PreviewLinks } from "@calcom/features/experiments/components/PreviewLinks";
import { useLocale } from "@calcom/lib/i18n";
import { trpc } from "@calcom/trpc/react";
import { useState } from "react";
import { commandRefusal } from "../admin/api-refusal";

const A_WEEK: LinkLifetime = 7;

/** The links of an experiment, signed when they are looked at. */
export function PreviewLinksView({ slug, control }: { slug: string; control: string }) {
  const { t } = useLocale();
  const [lifetime, setLifetime] = useState(A_WEEK);
  const links = trpc.viewer.admin.experiments.previewLinks.useQuery(
    { slug, days: lifetime },
    // Another signing would only move the minute at which they expire.
    { staleTime: Number.POSITIVE_INFINITY },
  );
  return (
    <PreviewLinks
      control={control}
      origin={typeof location === "undefined" ? "" : location.origin}
      minted={links.data ?? null}
      failure={links.error ? commandRefusal(links.error, t).message : null}
      lifetime={lifetime}
      onLifetimeChange={setLifetime}
    />
  );
}
