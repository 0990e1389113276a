from tests.exports.conftest import content, rich

__all__ = ["content", "rich"]
