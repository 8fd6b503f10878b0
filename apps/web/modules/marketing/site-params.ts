import { notFound } from "next/navigation";
import { type LocaleCode, toLocale } from "@/lib/locale";

export interface SiteParams {
  locale: string;
}

/** The language that the path of a page of the site names. */
export async function siteLocale(params: Promise<SiteParams>): Promise<LocaleCode> {
  return toLocale((await params).locale) ?? notFound();
}
