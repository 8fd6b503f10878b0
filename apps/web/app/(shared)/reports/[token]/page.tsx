import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { openSharedReport } from "@/modules/reports/open-report";
import { SharedReport } from "@/modules/reports/SharedReport";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ t }, { name }] = await Promise.all([getServerTranslation(), openSharedReport(await params)]);
  return { title: t("report_of", { name }) };
}

export default async function SharedReportPage({ params }: Props) {
  return <SharedReport facts={await openSharedReport(await params)} />;
}
