"""The one API: the routers of the rooms, their addresses with the front before them, the OpenAPI document."""

from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.operation import PathView

from sidara.kernel.actor import PUBLIC_OPERATIONS
from sidara.ui.api import Problem
from sidara.ui.rights import Asking, needs
from sidara.web.api.front import PROBLEM, answer, door, handle_faults, no_address
from sidara.web.languages import API as PREFIX

ROUTERS = {
    "/regions": "sidara.regions.api.router",
    "/dictionary": "sidara.dictionary.api.router",
    "/forms": "sidara.dictionary.api.form_router",
    "/datasets": "sidara.collection.api.dataset_router",
    "/submissions": "sidara.collection.api.router",
    "/imports": "sidara.collection.api.import_router",
    "/verification": "sidara.verification.api.router",
    "/figures": "sidara.warehouse.api.router",
    "/indices": "sidara.indices.api.router",
    "/programmes": "sidara.programmes.api.router",
    "": "sidara.accounts.api.router",
}
"""Address and router of each room; rooms do not know each other."""

api = NinjaAPI(
    title="SIDARA",
    version="1",
    description=(
        "Data desa: wilayah, kamus, formulir, isian, angka, indeks. Galat berbentuk application/problem+json "
        "dengan temuan; halaman dengan penunjuk; ETag pada setiap bacaan."
    ),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
handle_faults(api)
for prefix, router in ROUTERS.items():
    api.add_router(prefix, router)


def _pattern(one: URLPattern) -> URLPattern:
    """Put the front before the operations of an address, and say their rights to the matrix."""
    views = one.callback.__closure__ or ()
    held = next(cell.cell_contents for cell in views if isinstance(cell.cell_contents, PathView))
    guarded = door(one.callback)
    guarded.operations = {  # type: ignore[attr-defined]  # read by the matrix of rights
        method: getattr(operation.view_func, "operation", "")
        for operation in held.operations
        for method in operation.methods
    }
    return path(str(one.pattern), guarded, name=one.name)


@cache
def document() -> dict[str, Any]:
    """Give the OpenAPI document."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=f"{PREFIX}/"))
    made["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "Token dari /akun/token: sdr_…"},
        "session": {"type": "apiKey", "in": "cookie", "name": "sidara_sesi"},
    }
    for operations in made["paths"].values():
        for operation in operations.values():
            is_open = operation.get("x-right") in PUBLIC_OPERATIONS
            operation["security"] = [*([{}] if is_open else []), {"token": []}, {"session": []}]
            for status, response in operation["responses"].items():
                if status >= HTTPStatus.BAD_REQUEST:
                    response["content"] = {PROBLEM: response["content"]["application/json"]}
    return made


@needs("regions.read")
def openapi(_request: Asking) -> HttpResponse:
    """Give the OpenAPI document as JSON."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@needs("regions.read")
def unknown(request: Asking, rest: str) -> HttpResponse:  # noqa: ARG001 - the address itself is asked for
    """Say of any other address below the API that it does not exist."""
    fault: Problem = no_address(request)
    return answer(fault)


urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    *(_pattern(one) for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"),
    path("<path:rest>", unknown, name="api-unknown"),
]
