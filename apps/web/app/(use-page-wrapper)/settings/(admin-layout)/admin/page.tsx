import { redirect } from "next/navigation";
import { requireAdminPage } from "@/lib/require-admin";

export default async function AdminPage() {
  await requireAdminPage();
  redirect("/settings/admin/experiments");
}
