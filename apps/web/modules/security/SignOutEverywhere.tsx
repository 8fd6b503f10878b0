"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, toast } from "@calcom/ui";
import { useState } from "react";
import { signOutEverywhere } from "./actions";

export function SignOutEverywhere() {
  const { t } = useLocale();
  const [isLeaving, setIsLeaving] = useState(false);

  async function leave() {
    setIsLeaving(true);
    const result = await signOutEverywhere().catch(() => null);
    if (result?.ok) {
      // The page is loaded anew: nothing of the person stays in its memory.
      window.location.assign("/login");
      return;
    }
    setIsLeaving(false);
    toast.error(result?.message ?? t("connection_failed"));
  }

  return (
    <Button variant="outline" className="w-fit" loading={isLeaving} onClick={leave}>
      {t("sign_out_everywhere")}
    </Button>
  );
}
