from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.common.typed import typed
from eitrack.indicators.catalogue.comments import CommentForm, comment, comments_on, take_back
from eitrack.indicators.models import DefinitionComment
from eitrack.indicators.pages.views import indicator_of


@requires(Permission.COMMENT_DEFINITIONS)
def indicator_comment(request, code):
    indicator = indicator_of(code)
    form = CommentForm(typed(request))
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        comment(indicator, form.cleaned_data["text"], by=request.user, day=today)
        messages.success(request, "Comment saved. You can take it back for ten minutes.")
        return redirect("indicators:indicator_detail", code)
    context = {
        "indicator": indicator,
        "form": form,
        "comments": comments_on(indicator, request.user, timezone.now()),
    }
    return render(request, "indicators/indicator_comment.html", context)


@require_POST
@requires(Permission.COMMENT_DEFINITIONS)
def comment_take_back(request, pk):
    own = DefinitionComment.objects.open_to_author(request.user, timezone.now())
    found = get_object_or_404(own, pk=pk)
    code = found.code
    take_back(found, by=request.user)
    messages.success(request, "Your comment is taken back.")
    return redirect("indicators:indicator_detail", code)
