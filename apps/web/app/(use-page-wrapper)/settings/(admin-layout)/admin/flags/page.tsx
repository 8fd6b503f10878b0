import { flagsAdmin } from "@calcom/features/flags/server";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireAdminPage } from "@/lib/require-admin";
import { FlagsPage } from "@/modules/flags/FlagsPage";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("flags") };
}

export default async function Page() {
  const { id } = await requireAdminPage("/settings/admin/flags");
  return <FlagsPage initialFlags={await flagsAdmin().list({ userId: id })} />;
}
