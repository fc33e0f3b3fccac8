"use client";

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
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { deleteEnvironmentAction } from "@/lib/environments/actions";
import type { Environment } from "@/lib/environments/model";

/** `loss` says in words what goes with the environment. */
export function DeleteEnvironment({
  environment,
  loss,
}: {
  readonly environment: Environment;
  readonly loss: string;
}) {
  const remove = useAction(deleteEnvironmentAction, () => location.assign("/"));
  return (
    <Dialog onOpenChange={remove.clear}>
      <DialogTrigger asChild>
        <Button variant="danger">Delete environment</Button>
      </DialogTrigger>
      <DialogContent>
        <form
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            const confirmation = String(new FormData(event.currentTarget).get("confirmation") ?? "");
            remove.run({ environment: environment.name, confirmation });
          }}
        >
          <DialogHeader>
            <DialogTitle>Delete {environment.name}?</DialogTitle>
            <DialogDescription>{loss}</DialogDescription>
          </DialogHeader>
          <DialogBody className="grid gap-4">
            <Field
              id="delete-environment-confirmation"
              label={`Type ${environment.name} to confirm`}
              error={remove.refusal?.fields?.confirmation}
            >
              {(input) => <Input {...input} name="confirmation" autoComplete="off" spellCheck={false} />}
            </Field>
            <RefusalNotice refusal={remove.refusal} />
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="danger" disabled={remove.isPending}>
              {remove.isPending ? "Deleting…" : "Delete environment"}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
