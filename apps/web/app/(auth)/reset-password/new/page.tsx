import type { Metadata } from "next";
import { connection } from "next/server";
import { getServerTranslation } from "@/lib/i18n-server";
import { ResetForm } from "@/modules/auth/ResetForm";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  // Behind the `#` of its address is a secret, which no header sends. No search engine is to know the page either.
  return { title: t("reset_new_title"), robots: { index: false } };
}

export default async function NewPasswordPage() {
  await connection();
  return <ResetForm />;
}
