// Verifies the signature, parses, and does nothing: what any probot application pays before its own work.
export default (app) => {
  app.on("push", async () => {});
};
