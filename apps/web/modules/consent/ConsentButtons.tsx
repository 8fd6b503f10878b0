"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, toast } from "@calcom/ui";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { choose } from "./choose";
import type { ConsentChoice } from "./types";

interface ConsentButtonsProps {
  /** What holds now: its button is left out. */
  current?: ConsentChoice | null;
  onDone?(): void;
}

/** Both weigh the same: saying no is as easy as saying yes. */
export function ConsentButtons({ current = null, onDone }: ConsentButtonsProps) {
  const { t } = useLocale();
  const router = useRouter();
  const [saving, setSaving] = useState<ConsentChoice | null>(null);

  const save = async (choice: ConsentChoice) => {
    setSaving(choice);
    try {
      await choose(choice);
      onDone?.();
    } catch {
      toast.error(t("consent_not_saved"));
    }
    setSaving(null);
    // The page goes on with what holds now, without being loaded again.
    router.refresh();
  };
  const button = (choice: ConsentChoice, label: string) => (
    <Button
      variant="outline"
      loading={saving === choice}
      aria-disabled={saving !== null}
      onClick={() => saving === null && void save(choice)}
    >
      {label}
    </Button>
  );

  return (
    <div className="flex shrink-0 gap-2">
      {current !== "denied" &&
        button("denied", t(current === "granted" ? "consent_withdraw" : "consent_decline"))}
      {current !== "granted" && button("granted", t("consent_accept"))}
    </div>
  );
}
