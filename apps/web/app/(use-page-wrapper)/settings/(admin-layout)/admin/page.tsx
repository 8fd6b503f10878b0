import { redirect } from "next/navigation";
import { requireExperimentsPage } from "@/lib/require-experiments";

export default async function AdminPage() {
  await requireExperimentsPage("/settings/admin/experiments");
  redirect("/settings/admin/experiments");
}
