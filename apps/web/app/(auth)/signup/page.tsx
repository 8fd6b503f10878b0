import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { homePath } from "@/lib/home";
import { getServerTranslation } from "@/lib/i18n-server";
import { ownPath } from "@/lib/own-path";
import { getCurrentUser } from "@/lib/session";
import { SignupForm } from "@/modules/auth/SignupForm";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("create_account") };
}

interface SignupPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}

export default async function SignupPage({ searchParams }: SignupPageProps) {
  const [{ callbackUrl }, user] = await Promise.all([searchParams, getCurrentUser()]);
  if (user !== null) redirect(ownPath(callbackUrl, await homePath(user)));
  return <SignupForm callbackUrl={ownPath(callbackUrl, "") || null} />;
}
