import { passwords } from "@calcom/features/auth/server";
import type { Metadata } from "next";
import { connection } from "next/server";
import { getServerTranslation } from "@/lib/i18n-server";
import { NoMail } from "@/modules/auth/NoMail";
import { ResetRequestForm } from "@/modules/auth/ResetRequestForm";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("reset_title") };
}

export default async function ResetPasswordPage() {
  await connection();
  return passwords().sendsMail ? <ResetRequestForm /> : <NoMail />;
}
