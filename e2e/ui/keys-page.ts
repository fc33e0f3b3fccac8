import type { Locator, Page } from "@playwright/test";

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

  /** The corner that says whether the list moves by itself. */
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
