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
  it("lists new functions, also of an unknown integration, and changes nothing", async () => {
    const elsewhere = flow({ name: "greet", key: "nowhere" });
    const response = await confirm(confirmationBody([issuesSync, greetAction, elsewhere], withCleanUp));
    expect(response.status).toBe(200);
    expect(response.body).toEqual({
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

  it("lists changed and removed functions, but not unchanged ones", async () => {
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
    const response = await confirm(
      confirmationBody([changed], { onEventScriptsByProvider: [changedScript] }),
    );
    expect(response.body).toEqual({
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

  it("lists as removed only functions within the deploy mode", async () => {
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

  it("does not list a model as deleted while another sync has it", async () => {
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
