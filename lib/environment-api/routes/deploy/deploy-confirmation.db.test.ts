import { describe, expect, it } from "vitest";
import { confirmationBody, deploymentBody, flow } from "@/e2e/fixtures/deployment";
import {
  cleanUpScript,
  emptyConfirmation,
  greetAction,
  issuesSync,
  testDeployments,
  withCleanUp,
} from "@/lib/testing/deployments";

const { confirm, deploy, versions } = await testDeployments();

describe("POST /sync/deploy/confirmation", () => {
  it("tells what is new, also for an integration that does not exist, and changes nothing", async () => {
    const elsewhere = flow({ name: "greet", key: "nowhere" });
    const answer = await confirm(confirmationBody([issuesSync, greetAction, elsewhere], withCleanUp));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ...emptyConfirmation,
      newSyncs: [{ name: "issues", providerConfigKey: "github", auto_start: true, connections: 2 }],
      newActions: [
        { name: "greet", providerConfigKey: "github" },
        { name: "greet", providerConfigKey: "nowhere" },
      ],
      newOnEventScripts: [
        { name: "clean-up", providerConfigKey: "github", event: "pre-connection-deletion" },
      ],
    });
    expect(await versions()).toEqual({});
  });

  it("tells what differs and what is missing, and nothing of what is the same", async () => {
    await deploy(deploymentBody([issuesSync, greetAction], withCleanUp));
    expect(await confirm(confirmationBody([issuesSync, greetAction], withCleanUp))).toMatchObject({
      status: 200,
      body: emptyConfirmation,
    });
    const changed = flow({ name: "greet", key: "github", js: "changed" });
    const changedScript = {
      ...cleanUpScript,
      scripts: [{ ...cleanUpScript.scripts[0], fileBody: { js: "2", ts: "1" } }],
    };
    const answer = await confirm(confirmationBody([changed], { onEventScriptsByProvider: [changedScript] }));
    expect(answer.body).toEqual({
      ...emptyConfirmation,
      deletedSyncs: [
        {
          name: "issues",
          providerConfigKey: "github",
          auto_start: true,
          connections: 2,
          id: expect.any(Number),
          enabled: true,
        },
      ],
      updatedActions: [{ name: "greet", providerConfigKey: "github" }],
      updatedOnEventScripts: [
        { name: "clean-up", providerConfigKey: "github", event: "pre-connection-deletion" },
      ],
      deletedModels: ["Issue"],
    });
  });

  it("reaches what is missing as far as the mode goes", async () => {
    const other = flow({ type: "sync", name: "other", key: "github-2", models: ["Issue"] });
    await deploy(deploymentBody([issuesSync, greetAction, other], withCleanUp));
    const deleted = async (deployMode: string) => {
      const { body } = await confirm(confirmationBody([greetAction], { deployMode, ...withCleanUp }));
      return body;
    };
    expect(await deleted("all")).toMatchObject({
      deletedSyncs: [{ name: "issues" }, { name: "other" }],
      deletedModels: ["Issue"],
    });
    expect(await deleted("integration")).toMatchObject({ deletedSyncs: [{ name: "issues" }] });
    expect(await deleted("single")).toEqual(emptyConfirmation);
    const legacy = confirmationBody([greetAction], { deployMode: undefined, singleDeployMode: true });
    expect((await confirm(legacy)).body).toEqual(emptyConfirmation);
  });

  it("does not count a model as deleted that another sync keeps", async () => {
    const twin = flow({ type: "sync", name: "twin", key: "github", models: ["Issue"] });
    await deploy(deploymentBody([issuesSync, twin]));
    expect((await confirm(confirmationBody([issuesSync]))).body).toMatchObject({
      deletedSyncs: [{ name: "twin" }],
      deletedModels: [],
    });
    const dropped = flow({ type: "sync", name: "issues", key: "github", models: ["Other"] });
    const single = confirmationBody([dropped], { deployMode: "single" });
    expect((await confirm(single)).body).toMatchObject({
      updatedSyncs: [{ name: "issues" }],
      deletedModels: [],
    });
  });
});
