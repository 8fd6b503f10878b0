// Preloaded into the web server. The channel to the process that started it closes when that ends, even by kill -9: no
// server is left on the port, talking to a database that is gone.
if (process.channel) {
  process.channel.unref();
  process.once("disconnect", () => process.exit(1));
}
