declare module "virtual:admin-texts/*" {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
