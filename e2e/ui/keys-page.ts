import { expect, type Locator, type Page } from "@playwright/test";

/** Where the page's stream of events, its list and its actions are requested, as patterns for `page.route`. */
export const eventsAddress = (environment: string) => `**/internal/env/${environment}/api-keys/events`;
export const listAddress = (environment: string) => `**/internal/env/${environment}/api-keys`;
export const actionAddress = "**/settings/api-keys";

/** The API Keys page as people see it: by roles and names alone. */
export class KeysPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(environment: string, query = ""): Promise<void> {
    await this.page.goto(`/env/${environment}/settings/api-keys${query}`);
    await this.page.getByRole("heading", { name: "API Keys", level: 1 }).waitFor();
  }

  /** Opens the page and waits until it receives changes as they happen. */
  async openLive(environment: string): Promise<void> {
    await this.open(environment);
    await expect(this.updates).toHaveText("Live");
  }

  /** The row of the key with exactly this name. */
  row(name: string): Locator {
    return this.page
      .getByRole("row")
      .filter({ has: this.page.getByRole("rowheader", { name, exact: true }) });
  }

  /** Names from top to bottom. */
  async names(): Promise<string[]> {
    return this.page.getByRole("rowheader").allTextContents();
  }

  /** The status that says whether the list receives changes by itself. */
  get updates(): Locator {
    return this.page.getByRole("status", { name: "Updates" });
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  get deletion(): Locator {
    return this.page.getByRole("alertdialog");
  }

  get nameField(): Locator {
    return this.page.getByRole("textbox", { name: "Display name" });
  }

  get submit(): Locator {
    return this.dialog.getByRole("button", { name: "Create API Key" });
  }

  scope(scope: string): Locator {
    return this.page.getByRole("checkbox", { name: scope, exact: true });
  }

  async startCreating(): Promise<void> {
    await this.page.getByRole("button", { name: "Create API Key" }).click();
    await this.nameField.waitFor();
  }

  async startEditing(name: string): Promise<void> {
    await this.row(name).getByRole("button", { name: "Edit" }).click();
    await this.nameField.waitFor();
  }

  async startDeleting(name: string): Promise<void> {
    await this.row(name).getByRole("button", { name: "Delete" }).click();
    await this.deletion.waitFor();
  }
}
