import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { homePath } from "@/lib/home";
import { getServerTranslation } from "@/lib/i18n-server";
import { ownPath } from "@/lib/own-path";
import { getCurrentUser } from "@/lib/session";
import { LoginForm } from "@/modules/auth/LoginForm";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("sign_in") };
}

interface LoginPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }>;
}

/** Whoever is signed in is sent on: also right after signing in, when the form asks for this page again. */
export default async function LoginPage({ searchParams }: LoginPageProps) {
  const [{ callbackUrl, error }, user] = await Promise.all([searchParams, getCurrentUser()]);
  if (user !== null) redirect(ownPath(callbackUrl, await homePath(user)));
  return <LoginForm callbackUrl={ownPath(callbackUrl, "") || null} hasFailed={error !== undefined} />;
}
