"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useAdminHost } from "../../api/host";
import { commandRefusal } from "../../pages/api-refusal";
import { FlagsView } from "../../pages/flags/FlagsView";
import { readFlagQuery } from "../../pages/flags/flag-query";
import { FirstOf, Told, useTitle } from "../PageStates";
import { useFirst } from "../useFirst";

export default function FlagsPage() {
  const { t } = useLocale();
  const { flags } = useAdminHost();
  const params = useSearchParams();
  const [firstQuery] = useState(() => readFlagQuery(params));
  useTitle(t("flags"));
  const first = useFirst("flags", () => flags.client.list.query(firstQuery));
  // An application that puts the route together itself may leave them out.
  if (first.status === "error" && commandRefusal(first.error, t).code === "not_found")
    return <Told title={t("flags")} description={t("flags_not_served")} />;
  return <FirstOf of={first}>{(page) => <FlagsView first={page} firstQuery={firstQuery} />}</FirstOf>;
}
