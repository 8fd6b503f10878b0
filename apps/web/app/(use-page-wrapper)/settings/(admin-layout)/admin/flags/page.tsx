import { FlagsView } from "@calcom/features/experiments-admin/pages/flags/FlagsView";
import { readFlagQuery } from "@calcom/features/experiments-admin/pages/flags/flag-query";
import { flagsAdmin } from "@calcom/features/flags/server";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireAdminPage } from "@/lib/require-admin";
import { type SearchParams, toUrlParams } from "@/lib/url-params";
import { AdminHost } from "@/modules/experiments/admin/AdminHost";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("flags") };
}

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { id } = await requireAdminPage("/settings/admin/flags");
  const query = readFlagQuery(toUrlParams(await searchParams));
  return (
    <AdminHost>
      <FlagsView first={await flagsAdmin().list({ userId: id }, query)} firstQuery={query} />
    </AdminHost>
  );
}
