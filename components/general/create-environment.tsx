"use client";

import { PlusIcon } from "lucide-react";
import { RefusalNotice } from "@/components/shell/refusal-notice";
import { useAction } from "@/components/shell/use-action";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";
import { createEnvironmentAction } from "@/lib/environments/actions";
import { EnvironmentFields, environmentValuesOf } from "./environment-fields";

export function CreateEnvironment() {
  const create = useAction(createEnvironmentAction, (made) => location.assign(`/env/${made.name}`));
  return (
    <Dialog onOpenChange={create.clear}>
      <DialogTrigger asChild>
        <Button>
          <PlusIcon aria-hidden />
          Create environment
        </Button>
      </DialogTrigger>
      <DialogContent>
        <form
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            create.run(environmentValuesOf(new FormData(event.currentTarget)));
          }}
        >
          <DialogHeader>
            <DialogTitle>Create environment</DialogTitle>
            <DialogDescription>
              It starts with one key, <span className="whitespace-nowrap">Default - Full access</span>.
            </DialogDescription>
          </DialogHeader>
          <DialogBody className="grid gap-4">
            <EnvironmentFields id="new-environment" error={create.refusal?.fields?.name} />
            <RefusalNotice refusal={create.refusal} />
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" disabled={create.isPending}>
              {create.isPending ? "Creating…" : "Create environment"}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
