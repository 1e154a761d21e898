"""Which model reads a mapping that tells its kind by one of its keys.

`- gathering: kick-off` is a gathering whose name is kick-off: its keyword is
`gathering`. The model reads `{kind: gathering, name: kick-off, ...}`, and is dumped as
the coordinator wrote it.

Where a keyword has several models, as `meeting` has, their names go on after a slash:
`meeting/placed` reads a mapping with more of the keys by which that one is told.
"""

from collections.abc import Collection, Mapping
from typing import Annotated, Any, Union

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from engine.spec.wording import article, described, listed, nearest, quoted, spaced

TAG = "kind:"
"""What precedes the keyword where pydantic tells which model it tried."""

MISTAKEN = "stafet_keyword"
"""The type of the errors that say that no keyword was found."""

RESERVED = ("kind", "name")

TOLD_BY = "TOLD_BY"
"""The name under which a model keeps the keys by which it is told from namesakes."""


class KeywordUnion:
    """How one of several models is chosen, as an annotation of their union.

    `Annotated[Gathering | Meeting, KeywordUnion({"gathering": Gathering, ...})]` says
    to a type checker what `keyword_union` says to pydantic alone.
    """

    def __init__(
        self, models: Mapping[str, type[BaseModel]], *, noun: str = "activity"
    ) -> None:
        for model in models.values():
            if missing := set(RESERVED) - model.model_fields.keys():
                raise TypeError(f"{model.__name__} has no field {sorted(missing)}")
        self.models = dict(models)
        self.noun = noun

    def __get_pydantic_core_schema__(
        self, _source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        union = core_schema.tagged_union_schema(
            choices={
                TAG + keyword: handler.generate_schema(model)
                for keyword, model in self.models.items()
            },
            discriminator=self._tag,
        )
        return core_schema.no_info_before_validator_function(
            self._read,
            union,
            serialization=core_schema.wrap_serializer_function_ser_schema(
                _dumped, schema=union
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        union = handler(schema)
        choices = union.get("oneOf", [union])
        for name, choice in zip(self.models, choices, strict=True):
            _rename_properties(handler.resolve_ref_schema(choice), keyword_of(name))
        union.pop("discriminator", None)
        return union

    def _read(self, value: object) -> object:
        if isinstance(value, tuple(self.models.values())):
            return value
        if not isinstance(value, dict):
            raise self._not_a_mapping(value)
        keyword = self._keyword(value)
        for key in RESERVED:
            if key in value:
                raise self._reserved(key, keyword)
        rest = {key: of for key, of in value.items() if key != keyword}
        return {"kind": keyword, "name": value[keyword], **rest}

    def _keyword(self, value: Mapping[str, object]) -> str:
        """Return the key that is the keyword: others may be keys of its model."""
        present = [key for key in value if key in self.models]
        if not present:
            raise self._unknown(value)
        others: list[str] = []
        for keyword in present:
            fields = fields_by_key(self.models[self._name(keyword, value)])
            others = [key for key in present if key not in {keyword, *fields}]
            if not others:
                return keyword
        fields = fields_by_key(self.models[self._name(present[0], value)])
        second = next(key for key in present[1:] if key not in fields)
        raise _error(
            f"{quoted(present[0])} and {quoted(second)} are two kinds of {self.noun}",
            f"begin a new item with `- {second}: …`",
            at=second,
        )

    def _name(self, keyword: str, keys: Collection[str]) -> str:
        """Return the name of the model that reads a mapping of a keyword.

        It is the one of which most is told; of two the later, of nothing the first.
        """
        told = {
            name: len(set(keys).intersection(getattr(model, TOLD_BY, ())))
            for name, model in self.models.items()
            if keyword_of(name) == keyword
        }
        most = max(told.values(), default=0)
        return [name for name in told if told[name] == most][-1] if most else keyword

    def _tag(self, value: object) -> str:
        if isinstance(value, dict):
            return TAG + self._name(value["kind"], value)
        named = (name for name, model in self.models.items() if type(value) is model)
        return TAG + next(named, "")

    def _unknown(self, value: Mapping[str, object]) -> PydanticCustomError:
        """Return the error of a mapping without a keyword, at the likely culprit."""
        known = {key for model in self.models.values() for key in fields_by_key(model)}
        kinds = tuple(dict.fromkeys(map(keyword_of, self.models)))
        known_kinds = listed(kinds, last="and")
        strange = [key for key in value if key not in known]
        for key in strange:
            if guess := nearest(key, kinds):
                return _error(
                    f"{quoted(key)} is not a kind of {self.noun}; "
                    f"did you mean {quoted(guess)}?",
                    f"write `{guess}`",
                    at=key,
                    guess=guess,
                )
        if strange:
            return _error(
                f"{quoted(strange[0])} is not a kind of {self.noun}",
                f"known: {known_kinds}",
                at=strange[0],
                stand_in=self._fitting(value),
            )
        return _error(
            f"nothing says what kind of {self.noun} this is",
            f"write, for example, `{next(iter(self.models))}: …`; known: {known_kinds}",
        )

    def _fitting(self, keys: Collection[str]) -> str:
        """Return the keyword whose model knows the most of these keys."""
        name = max(
            self.models,
            key=lambda name: len(fields_by_key(self.models[name]).keys() & set(keys)),
        )
        return keyword_of(name)

    def _not_a_mapping(self, value: object) -> PydanticCustomError:
        text = value if isinstance(value, str) else ""
        word = text if text in self.models else next(iter(self.models))
        remedy = f"write, for example, `{word}: …`"
        if meant := spaced(text):
            remedy = f"put a space after the colon: `{meant}`"
        return _error(
            f"expected {article(self.noun)}, found {described(value)}", remedy
        )

    def _reserved(self, key: str, keyword: str) -> PydanticCustomError:
        if key == "name":
            remedy = f"write the name after `{keyword}:`"
        else:
            remedy = f"delete it: `{keyword}` is the kind"
        return _error(f"{quoted(key)} is not a key of `{keyword}`", remedy, at=key)


def keyword_union(
    models: Mapping[str, type[BaseModel]], *, noun: str = "activity"
) -> Any:  # noqa: ANN401 - a type that is made when the program runs.
    """Return the type of a mapping that is read by the model of its keyword.

    The models have the fields `kind`, which takes the keyword, and `name`, which takes
    what stands beside it. `noun` is what a fault calls such a mapping.
    """
    union: Any = Union.__getitem__(tuple(models.values()))
    return Annotated[union, KeywordUnion(models, noun=noun)]


def keyword_of(name: str) -> str:
    """Return the keyword of a model's name: `meeting` of `meeting/placed`."""
    return name.partition("/")[0]


def fields_by_key(model: type[BaseModel]) -> dict[str, str]:
    """Return the names of the fields of a model by the keys of the file."""
    keys = {
        name: field.validation_alias or field.alias or name
        for name, field in model.model_fields.items()
    }
    return {key if isinstance(key, str) else name: name for name, key in keys.items()}


def _error(
    problem: str, remedy: str, *, at: str = "", guess: str = "", stand_in: str = ""
) -> PydanticCustomError:
    told = {"problem": problem, "remedy": remedy}
    context = told | {"guess": guess, "stand_in": stand_in}
    if at:
        context["key"] = at
    return PydanticCustomError(MISTAKEN, "{problem}", context)


def _dumped(value: object, dump: core_schema.SerializerFunctionWrapHandler) -> object:
    whole = dump(value)
    rest = {key: of for key, of in whole.items() if key not in RESERVED}
    return {whole["kind"]: whole["name"], **rest}


def _rename_properties(schema: JsonSchemaValue, keyword: str) -> None:
    """Tell editors of the keyword instead of `kind` and `name`."""
    properties = schema.get("properties", {})
    if keyword in properties or "kind" not in properties:
        return
    rest = {key: of for key, of in properties.items() if key not in RESERVED}
    schema["properties"] = {keyword: properties["name"], **rest}
    required = [key for key in schema.get("required", ()) if key not in RESERVED]
    schema["required"] = [keyword, *required]
