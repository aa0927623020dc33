"""`breakwater model`, `words` and `level`: how messages are judged."""

import argparse
from dataclasses import replace

from app.cli.asking import confirmed
from app.cli.output import Json, Output, explain
from app.cli.progress import terminal_context
from app.services.bundle import Services
from app.services.models import ModelState
from core.classify.level import Level
from core.domain.classification import Category
from core.domain.learning import Effect, OwnWord, WordSeverity
from core.system.settings import Device, ModelChoice, Strictness, load_settings, save_settings

_MB = 1_000_000


def model(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater model list|get|use|remove|status`."""
    verbs = {
        "list": _model_list,
        "get": _model_get,
        "use": _model_use,
        "remove": _model_remove,
        "status": _model_status,
    }
    return verbs[arguments.verb](arguments, services, output)


def _model_list(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    del arguments
    found = services.models.list()
    output.data([_model_json(one) for one in found])
    output.say("embedded         comes with the program; reads Chinese and English")
    for one in found:
        here = "ready" if one.ready else f"{100 * one.fetched // one.model.size} % here"
        languages = " ".join(one.model.languages)
        output.say(
            f"{one.model.key:<16} {one.model.size // _MB:>5} MB  {languages:<22} {one.model.licence}  {here}"
        )
    output.say("None of the official models reads Chinese.")
    missing = services.models.missing_packages()
    if missing:
        output.say(f"They cannot run here: this installation lacks {', '.join(missing)}.")
    return 0


def _model_get(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    state = services.models.state(arguments.name)
    if arguments.source is not None:
        ready = services.models.adopt(arguments.name, arguments.source, terminal_context(output))
    else:
        hosts = sorted({file.url.split("/")[2] for file in state.model.files})
        question = (
            f"Fetch {state.model.size // _MB} MB from {' and '.join(hosts)}? They can see that this computer "
            "fetches this model; nothing about your messages is sent."
        )
        if not confirmed(question, arguments, output):
            return 1
        ready = services.models.get(arguments.name, terminal_context(output))
    output.data(_model_json(ready))
    output.say(f"Ready. To judge with it: breakwater model use {arguments.name}")
    return 0


def _model_use(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    path = services.folder.settings
    settings, _ = load_settings(path)
    device = Device(arguments.device) if arguments.device else settings.device
    save_settings(path, replace(settings, model=ModelChoice(arguments.name), device=device))
    services.classify.reload()
    return _judge(services, output)


def _model_remove(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    services.models.remove(arguments.name)
    output.data({"removed": arguments.name})
    output.say("Deleted. Its fingerprint stays noted.")
    return 0


def _model_status(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    del arguments
    settings, _ = load_settings(services.folder.settings)
    label = services.classify.classifier().model.label
    problem = services.models.problem
    output.data(
        {
            "chosen": settings.model.value,
            "in_use": label,
            "device": settings.device.value,
            "devices": list(services.models.devices()),
            "level": settings.level.value,
            "problem": problem.code if problem else None,
            "why": str(problem.params.get("why", "")) if problem else None,
        }
    )
    output.say(f"Judging with {label}, level {settings.level.value}.")
    if problem is not None:
        output.say(f"You chose {settings.model.value}. {explain(problem)} The built-in model judges.")
    return 0 if problem is None else 1


def words(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater words list|add|remove|export|import`."""
    verbs = {
        "list": _words_list,
        "add": _words_add,
        "remove": _words_remove,
        "export": _words_export,
        "import": _words_import,
    }
    return verbs[arguments.verb](arguments, services, output)


def _words_list(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    del arguments
    found = services.words.list()
    output.data([_word_json(one) for one in found])
    for one in found:
        output.say(f"{one.term}  [{one.category.value}, {one.severity.value}]  {one.note}")
    if not found:
        output.say("No words yet. Add one with: breakwater words add WORD")
    return 0


def _words_add(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    from core.classify.own_words import checked

    category, severity = Category(arguments.category), WordSeverity(arguments.severity)
    return _take([checked(arguments.word, category, severity, arguments.note)], arguments, services, output)


def _words_import(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    pack = services.words.read(arguments.file)
    sign = f"unchanged since signed by {pack.key[:16]}…" if pack.key else "not signed"
    output.say(f"{len(pack.words)} words from {pack.author}, {sign}.")
    return _take(list(pack.words), arguments, services, output)


def _take(found: list[OwnWord], arguments: argparse.Namespace, services: Services, output: Output) -> int:
    matches = services.words.preview(found, terminal_context(output))
    output.say(f"{len(matches.ids)} messages hold them. {_effect_words(matches.effect)}")
    if arguments.dry_run:
        output.data({"dry_run": True, "matches": len(matches.ids), "effect": _effect_json(matches.effect)})
        return 0
    if not confirmed(f"Look for {len(found)} words from now on?", arguments, output):
        return 1
    services.words.save(found, matches, terminal_context(output))
    return _judge(services, output)


def _words_remove(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    services.words.remove([arguments.word])
    return _judge(services, output)


def _words_export(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    count = services.words.export(arguments.file, arguments.author, sign=arguments.sign)
    output.data({"file": str(arguments.file), "words": count, "signed": arguments.sign})
    output.say(f"Wrote {count} words with your reasons. Read the file before you give it away.")
    if arguments.sign:
        output.say(
            "Its signature is by the key of your evidence log: whoever has a packet of yours can tell."
        )
    return 0


def level(arguments: argparse.Namespace, services: Services, output: Output) -> int:
    """`breakwater level [LEVEL] [--preview]`."""
    settings, _ = load_settings(services.folder.settings)
    if arguments.level is None:
        effects = {
            one.value: services.learning.preview_level(Level(one.value))
            for one in Strictness
            if one is not settings.level
        }
        output.data({"level": settings.level.value, **{k: _effect_json(v) for k, v in effects.items()}})
        output.say(f"Level: {settings.level.value}")
        for name, effect in effects.items():
            output.say(f"  {name}: {_effect_words(effect)}")
        return 0
    effect = services.learning.preview_level(Level(arguments.level))
    output.say(_effect_words(effect))
    if arguments.preview:
        output.data({"level": settings.level.value, arguments.level: _effect_json(effect)})
        return 0
    if not confirmed(f"Judge at level {arguments.level} from now on?", arguments, output):
        return 1
    save_settings(services.folder.settings, replace(settings, level=Strictness(arguments.level)))
    services.classify.reload()
    return _judge(services, output)


def _judge(services: Services, output: Output) -> int:
    report = services.classify.run(terminal_context(output))
    problem = services.models.problem
    output.data(
        {
            "scored": report.scored,
            "abusive": report.abusive,
            "model": report.model,
            "problem": problem.code if problem else None,
        }
    )
    output.say(f"Judged {report.scored} messages with {report.model}.")
    if problem is not None:
        output.say(f"{explain(problem)} The built-in model judges.")
    return 0 if problem is None else 1


def _effect_words(effect: Effect) -> str:
    friends = (
        f"; {effect.followed} more are from people you follow, who are never hidden"
        if effect.followed
        else ""
    )
    return f"This would hide {effect.hidden} more and show {effect.shown} again{friends}."


def _effect_json(effect: Effect) -> dict[str, Json]:
    return {"hidden": effect.hidden, "shown": effect.shown, "followed": effect.followed}


def _model_json(state: ModelState) -> dict[str, Json]:
    return {
        "name": state.model.key,
        "bytes": state.model.size,
        "fetched": state.fetched,
        "ready": state.ready,
        "languages": list(state.model.languages),
        "licence": state.model.licence,
        "files": [{"url": one.url, "sha256": one.sha256} for one in state.model.files],
    }


def _word_json(word: OwnWord) -> dict[str, Json]:
    return {
        "term": word.term,
        "category": word.category.value,
        "severity": word.severity.value,
        "note": word.note,
    }
