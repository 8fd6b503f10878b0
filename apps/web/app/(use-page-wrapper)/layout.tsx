import type { Metadata } from "next";
import type { ReactNode } from "react";
import { getLocale } from "@/lib/i18n-server";
import { AppFrame } from "@/modules/shell/AppFrame";
import { Document, documentMetadata } from "@/modules/shell/Document";

export { viewport } from "@/modules/shell/Document";

export async function generateMetadata(): Promise<Metadata> {
  return documentMetadata(await getLocale());
}

/**
 * The pages for people who are signed in. It does not refuse anybody: a layout is not rendered again on soft
 * navigation and does not know its path, so each page asks `requireUserPage` or `requireAdminPage` itself.
 */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  return (
    <Document locale={await getLocale()}>
      <AppFrame>{children}</AppFrame>
    </Document>
  );
}
